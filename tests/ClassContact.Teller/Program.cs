using ClassContact.Classroom.Ledger;

// A kit that does nothing but tell numbered events, small enough to be killed a thousand times.
return args switch
{
    ["tell", var folder, var port, var last, var seed] => await Teller.Tell(folder, int.Parse(port), int.Parse(last), int.Parse(seed)),
    ["write", var folder] => Teller.Write(folder),
    _ => 2,
};
