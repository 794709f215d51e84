namespace Carillon.Api.Events;

/// <summary>The newest state of one subject, as a live event tells it.</summary>
/// <param name="Type">campaign, server or agent; with <c>.removed</c> when it is no more.</param>
/// <param name="Subject">Its id.</param>
/// <param name="Groups">Whose it is; a supervisor gets it if one of these is theirs. Empty: administrators only.</param>
/// <param name="ForAllSupervisors">It belongs to no group and every supervisor may see it.</param>
sealed record LiveEvent(string Type, string Subject, string?[] Groups, bool ForAllSupervisors, object Data, long Sequence);
