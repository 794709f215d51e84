namespace Carillon.PacingBench.Worlds;

/// <summary>Random draws of the distributions that the worlds need.</summary>
static class Draw
{
    /// <param name="cv">Coefficient of variation.</param>
    public static double LogNormal(Random random, double mean, double cv)
    {
        var square = Math.Log(1 + cv * cv);
        return Math.Exp(Math.Log(mean) - square / 2 + Math.Sqrt(square) * Normal(random));
    }

    /// <summary>Gamma of shape 3: the sum of three exponentials.</summary>
    public static double Gamma3(Random random, double scale) =>
        -scale * (Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()));

    /// <summary>By Box and Muller.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
