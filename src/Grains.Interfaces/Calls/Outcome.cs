namespace Carillon.Calls;

/// <summary>How an attempt ended.</summary>
public enum Outcome { HumanAnswered, Machine, Busy, NoAnswer, Rejected, InvalidNumber, Congestion, Abandoned, Failed, Unknown }

/// <summary>What AMD took whoever answered for. NotSure is treated as Human.</summary>
public enum MachineVerdict { Human, Machine, NotSure }

/// <summary>What Asterisk does for an attempt.</summary>
public enum CallState { Queued, Originating, Ringing, Answered, Bridged, Ended }
