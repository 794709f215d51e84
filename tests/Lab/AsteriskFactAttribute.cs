namespace Carillon.Lab;

/// <summary>A test that needs real Asterisk servers; skipped, and saying so, where nobody provides them.</summary>
public sealed class AsteriskFactAttribute : FactAttribute
{
    public AsteriskFactAttribute() => Skip = LabScript.Missing;
}

/// <inheritdoc cref="AsteriskFactAttribute"/>
public sealed class AsteriskTheoryAttribute : TheoryAttribute
{
    public AsteriskTheoryAttribute() => Skip = LabScript.Missing;
}
