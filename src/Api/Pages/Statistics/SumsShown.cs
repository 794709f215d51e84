namespace Carillon.Api.Pages.Statistics;

/// <summary>What the chart of a period draws.</summary>
public enum SumsShown { Attempts, Talk, Abandoned, Work }
