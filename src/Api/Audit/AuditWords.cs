namespace Carillon.Api.Audit;

/// <summary>The words that audit lines are made of, for who looks for some.</summary>
static class AuditWords
{
    public static readonly string[] Actions =
    [
        "create", "edit", "delete", "archive", "unarchive", "start", "pause", "unpause", "resume", "drain", "stop",
        "import-leads", "add-lead", "place-lead", "exclude-leads", "callback-lead", "dial-lead", "skip-lead", "set-disposition",
        "add-do-not-call", "import-do-not-call", "remove-do-not-call",
        "sign-in", "sign-in-failed", "sign-out", "change-password", "give-password", "key-refused", "revoke",
    ];

    public static readonly string[] Kinds = ["campaign", "queue", "schedule", "contact rule", "calendar", "disposition", "server", "trunk", "agent", "group", "user", "key", "call", "system"];
}
