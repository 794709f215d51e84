namespace Carillon.Api.Idempotency;

/// <summary>Marks an endpoint whose body is too long to be read twice: its hash is known only when the work is done.</summary>
sealed record StreamedBody;
