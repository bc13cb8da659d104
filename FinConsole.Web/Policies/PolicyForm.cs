using System.Collections.Immutable;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;

namespace FinConsole.Web.Policies;

/// <summary>What stands in the page's fields, beside what is saved.</summary>
public sealed class PolicyForm
{
    // No range begins so low: an empty field is out of every one.
    private const int Missing = -1;

    private readonly Dictionary<string, int?> _figures = [];

    internal PolicyForm(PolicyView saved)
    {
        Saved = saved;
        Fill(saved.Settings);
    }

    /// <summary>What holds, as far as this page knows.</summary>
    public PolicyView Saved { get; private set; }

    public bool RequireMfa { get; set; }

    public bool PrivateKeyExport { get; set; }

    public bool AllowMgf1Sha1 { get; set; }

    /// <summary>What is wrong with which field, as of the last look.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = ImmutableDictionary<string, string>.Empty;

    public bool Changed => Chosen != Saved.Settings;

    /// <summary>What the fields say; out of range where one is empty.</summary>
    public PolicySettings Chosen => new(
        RequireMfa,
        Value("DecryptOnlyHours"),
        PrivateKeyExport,
        new SessionLimits(Value("SessionIdleMinutes"), Value("SessionHours")),
        new RiskPolicy(Value("RiskMedium"), Value("RiskHigh"), RiskPolicy.Reasons.ToImmutableSortedDictionary(reason => reason, reason => Value(PolicyRules.FieldOf(reason)))),
        new RotationPolicy(Value("RotateDevelopmentDays"), Value("RotateStagingDays"), Value("RotateProductionDays"), Value("RotateEncryptionKeyDays")),
        Value("LoginHistoryDays"),
        AllowMgf1Sha1);

    /// <summary>A figure as it stands in its field; null while that is empty.</summary>
    public int? this[string field]
    {
        get => _figures[field];
        set => _figures[field] = value;
    }

    /// <summary>Looks at all fields; true when they may be saved.</summary>
    public bool Check(IReadOnlyDictionary<string, string>? refused = null)
    {
        Errors = refused ?? PolicyRules.Check(Chosen)?.Fields ?? ImmutableDictionary<string, string>.Empty;
        return Errors.Count == 0;
    }

    /// <summary>Takes over what holds now, and keeps on top of it what was changed here.</summary>
    public void Rebase(PolicyView now)
    {
        var (mine, before) = (Chosen, Saved.Settings);
        Saved = now;
        foreach (var figure in PolicyFigures.All.Where(figure => figure.Read(mine) == figure.Read(before)))
            _figures[figure.Field] = figure.Read(now.Settings);
        RequireMfa = mine.RequireMfa == before.RequireMfa ? now.Settings.RequireMfa : mine.RequireMfa;
        PrivateKeyExport = mine.PrivateKeyExport == before.PrivateKeyExport ? now.Settings.PrivateKeyExport : mine.PrivateKeyExport;
        AllowMgf1Sha1 = mine.AllowMgf1Sha1 == before.AllowMgf1Sha1 ? now.Settings.AllowMgf1Sha1 : mine.AllowMgf1Sha1;
        Check();
    }

    /// <summary>Puts a section's fields to what holds for tenants that never decided anything.</summary>
    internal void Reset(PolicyPart part)
    {
        foreach (var figure in PolicyFigures.All.Where(figure => figure.Part == part))
            _figures[figure.Field] = figure.Read(PolicySettings.Default);
        if (part == PolicyPart.SignIn)
            RequireMfa = PolicySettings.Default.RequireMfa;
        if (part == PolicyPart.Keys)
            (PrivateKeyExport, AllowMgf1Sha1) = (PolicySettings.Default.PrivateKeyExport, PolicySettings.Default.AllowMgf1Sha1);
        Check();
    }

    internal bool IsDefault(PolicyPart part) =>
        PolicyFigures.All.Where(figure => figure.Part == part).All(figure => _figures[figure.Field] == figure.Read(PolicySettings.Default))
        && (part != PolicyPart.SignIn || RequireMfa == PolicySettings.Default.RequireMfa)
        && (part != PolicyPart.Keys || (PrivateKeyExport, AllowMgf1Sha1) == (PolicySettings.Default.PrivateKeyExport, PolicySettings.Default.AllowMgf1Sha1));

    private int Value(string field) => _figures[field] ?? Missing;

    private void Fill(PolicySettings settings)
    {
        foreach (var figure in PolicyFigures.All)
            _figures[figure.Field] = figure.Read(settings);
        (RequireMfa, PrivateKeyExport, AllowMgf1Sha1) = (settings.RequireMfa, settings.PrivateKeyExport, settings.AllowMgf1Sha1);
    }
}
