using ClassContact.Kit.Quality;
using Xunit;

namespace ClassContact.Kit.Tests.Quality;

public class MosTests
{
    // By another hand than the code's: L = rtt + 2·jitter + 10; R = 94.768 − L/40, or from L = 160 − (L − 120)/10; R −= 2.5·loss; 1 + 0.035·R + 7e-6·R·(R − 60)·(100 − R).
    [Theory]
    [InlineData(0, 0, 0, 4.4333)] // R 94.518
    [InlineData(50, 5, 0, 4.4057)] // L 70, R 93.018
    [InlineData(100, 19, 1, 4.3024)] // L 148, R 88.568
    [InlineData(200, 20, 0, 4.0890)] // L 250, R 81.768
    [InlineData(200, 20, 10, 2.9314)] // R 56.768
    [InlineData(989, 0, 0, 1.0025)] // L 999, R 6.868
    [InlineData(100, 0, 35, 1)] // R 4.518: the curve dips to 0.991 there
    [InlineData(990, 0, 0, 1)]
    [InlineData(1e6, 1e6, 100, 1)]
    public void The_score_is_that_of_the_formula(double roundTrip, double jitter, double loss, double score) =>
        Assert.Equal(score, Mos.Of(roundTrip, jitter, loss)!.Value, 3);

    [Theory]
    [InlineData(null, 1.0, 1.0)]
    [InlineData(1.0, null, 1.0)]
    [InlineData(1.0, 1.0, null)]
    [InlineData(-1.0, 1.0, 1.0)]
    [InlineData(double.NaN, 1.0, 1.0)]
    public void Without_all_of_its_inputs_there_is_no_score(double? roundTrip, double? jitter, double? loss) => Assert.Null(Mos.Of(roundTrip, jitter, loss));
}
