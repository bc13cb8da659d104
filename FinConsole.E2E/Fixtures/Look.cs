namespace FinConsole.E2E.Fixtures;

/// <summary>How large a browser's window is, and whether its owner prefers dark.</summary>
public sealed record Look(int Width, int Height, bool Dark)
{
    public static readonly Look Desktop = new(1280, 860, Dark: false);

    public static readonly Look Phone = new(390, 844, Dark: false);

    public string Theme => Dark ? "dark" : "light";

    public static Look Of(int width, string theme) => (width == Phone.Width ? Phone : Desktop) with { Dark = theme == "dark" };

    public override string ToString() => $"{Width}-{Theme}";
}
