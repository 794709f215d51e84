namespace Carillon.Api.Idempotency;

/// <summary>Marks an endpoint whose answer holds a secret: it is not kept, and so never given again.</summary>
sealed record SecretAnswer;

/// <summary>Marks an endpoint whose body may hold a password.</summary>
sealed record SecretBody;
