namespace Carillon.Api.Access;

static class Claims
{
    public const string User = "user";
    public const string Name = "name";
    public const string Role = "role";
    public const string Group = "group";
    public const string Agent = "agent";
    /// <summary>Present while the user has to change the password: nothing else is open to them.</summary>
    public const string MustChangePassword = "must-change-password";
    /// <summary>The id of the API key that was sent.</summary>
    public const string Key = "key";
    /// <summary>The stamp of the password that the session was opened with; a new password ends older sessions.</summary>
    public const string Stamp = "stamp";
}
