namespace Carillon.Lab;

/// <summary>Numbers of the lab's carrier, which say what becomes of a call to them (deploy/asterisk-lab/README.md).</summary>
public static class Callee
{
    public const int Human = 10, Busy = 11, RingsForEver = 12, NetworkNoAnswer = 13, NoCircuit = 14, Unallocated = 15, Machine = 16,
        HangsUpAtOnce = 17, PressesKeys = 18, Silent = 19, Rejects = 22, OutOfOrder = 27, Incomplete = 28, NetworkDown = 29, AnswersAtOnce = 98;

    static int _last;

    /// <param name="ring">Seconds until it is answered or refused.</param>
    /// <param name="talk">Seconds until the callee hangs up; 0: until the caller does.</param>
    public static string Number(int callee, int ring = 0, int talk = 0) => $"{callee:00}{ring:00}{talk:00}{Interlocked.Increment(ref _last):0000}";

    public static string OnTrunk(string number) => $"PJSIP/{number}@carrier";
}
