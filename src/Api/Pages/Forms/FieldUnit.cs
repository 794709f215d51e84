namespace Carillon.Api.Pages.Forms;

/// <summary>What the number in a field counts.</summary>
public enum FieldUnit { None, Seconds, Minutes, Hours, Percent }
