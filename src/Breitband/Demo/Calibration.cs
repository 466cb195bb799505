namespace Breitband.Demo;

/// <summary>Shares to be met in one municipality, percent of households, per class of <see cref="Classes"/>.</summary>
sealed record Targets(double[] All, double[] Dsl, double[] Cable, double[] Fibre)
{
    /// <summary>Download classes of the Breitbandatlas cells, Mbit/s.</summary>
    public static readonly int[] Classes = [10, 16, 30, 50, 100, 200, 400, 1000];

    /// <summary>The municipality's published figures; DSL ends at 200, fibre below 100 is fibre at 100.</summary>
    public static Targets Published(Ground ground) => Sound(
        [.. Classes.Select(c => ground.Share("leitung", c))], [.. Classes.Select(c => ground.Share("dsl", c))],
        [.. Classes.Select(c => ground.Share("catv", c))], [.. Classes.Select(c => ground.Share("ftthb", c, 100))]);

    /// <summary>The same municipality after fibre has reached a share of its households, wherever their line came from before.</summary>
    public Targets WithFibre(double percent) => Sound([.. All.Select(a => a + (100 - a) * percent / 100)], [.. Dsl], [.. Cable], [.. Fibre.Select(f => Math.Max(f, percent))]);

    static Targets Sound(double[] all, double[] dsl, double[] cable, double[] fibre)
    {
        foreach (var shares in (double[][])[dsl, cable, fibre])
            for (var k = 1; k < shares.Length; k++)
                shares[k] = Math.Min(shares[k], shares[k - 1]);
        for (var k = all.Length - 1; k >= 0; k--)
            all[k] = Math.Max(Math.Max(all[k], k + 1 < all.Length ? all[k + 1] : 0), Math.Max(dsl[k], Math.Max(cable[k], fibre[k])));
        return new(all, dsl, cable, fibre);
    }
}

/// <summary>
/// Lays the technologies on the line of a municipality's households so that each reaches its share in every class and all together reach
/// theirs. DSL takes the line from its beginning, the faster the nearer. What „all“ has beyond DSL in a class must come from another technology
/// just behind the end of DSL; the rest of cable and fibre lies where there is supply already. So technologies overlap as much as published.
/// </summary>
sealed class Calibration
{
    /// <summary>Index of the last class DSL reaches, and of the last one only other techniques make up for.</summary>
    const int DslTop = 5, OtherTop = 3;

    readonly Targets targets;
    readonly double[] room;
    readonly double[][] left;

    Calibration(Targets targets)
    {
        this.targets = targets;
        var n = Targets.Classes.Length;
        room = [.. Enumerable.Range(0, n).Select(k => targets.All[k] - Dsl(k))];
        left = [ByTop(targets.Cable), ByTop(targets.Fibre)];
        for (var k = 0; k < n; k++)
        {
            DslSpans.Add(Dsl(k + 1), Dsl(k), k);
            FillBand(k);
        }
        for (var technique = 0; technique < 2; technique++)
            for (var top = n - 1; top >= 0; top--) // the highest first: only on the other technology there is room for it
                PlaceRest(technique, top);
    }

    public Spans DslSpans { get; } = new();
    public Spans Cable { get; } = new();
    public Spans Fibre { get; } = new();
    public Spans Other { get; } = new();

    public static Calibration Of(Targets targets) => new(targets);

    /// <summary>Ends of DSL on the line, which cut it into bands; band k lies behind the end of class k.</summary>
    public int BandOf(double position)
    {
        var band = 0;
        while (band <= DslTop && Dsl(band) >= position)
            band++;
        return band;
    }

    double Dsl(int k) => k < targets.Dsl.Length && k <= DslTop ? targets.Dsl[k] : 0;

    static double[] ByTop(double[] shares) => [.. shares.Select((s, k) => s - (k + 1 < shares.Length ? shares[k + 1] : 0))];

    /// <summary>What class k needs beyond DSL is put behind its end; first what reaches highest, as far as no higher class gets too much.</summary>
    void FillBand(int k)
    {
        var (at, end) = (Dsl(k), k == 0 ? 100 : Dsl(k - 1));
        for (var top = Targets.Classes.Length - 1; top >= k; top--)
            foreach (var technique in (int[])[0, 1])
                left[technique][top] -= Take(technique == 0 ? Cable : Fibre, left[technique][top], top);
        for (var top = OtherTop; top >= k; top--)
            Take(Other, 100, top);

        double Take(Spans technique, double available, int top)
        {
            var amount = Math.Min(Math.Min(available, end - at), room[k..(top + 1)].Min());
            if (amount <= 0)
                return 0;
            technique.Add(at, at + amount, top);
            at += amount;
            for (var j = k; j <= top; j++)
                room[j] -= amount;
            return amount;
        }
    }

    /// <summary>Where every class of the piece is supplied already: on DSL, or, above the classes of DSL, on the other technology.</summary>
    void PlaceRest(int technique, int top)
    {
        var (own, other) = technique == 0 ? (Cable, Fibre) : (Fibre, Cable);
        var rest = left[technique][top];
        var covered = top <= DslTop ? [(0.0, Dsl(top))] : other.Reaching(top, 0, 100).ToList();
        foreach (var (from, to) in covered.Append((0, 100)).SelectMany(c => own.Free(c.Item1, c.Item2)).ToList())
            foreach (var (start, end) in own.Free(from, to))
            {
                var amount = Math.Min(rest, end - start);
                own.Add(start, start + amount, top);
                rest -= Math.Max(0, amount);
            }
    }
}
