using System.Collections.Immutable;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;

namespace FinConsole.Web.Policies;

/// <summary>What stands in the page's fields, beside what is saved.</summary>
public sealed class PolicyForm
{
    // No range begins so low: an empty field is out of every one.
    private const int Missing = -1;

    private readonly Dictionary<string, int?> _values = [];

    internal PolicyForm(PolicyView saved)
    {
        Saved = saved;
        Choose(saved.Settings);
    }

    /// <summary>What holds, as far as this page knows.</summary>
    public PolicyView Saved { get; private set; }

    /// <summary>What is wrong with which field, as of the last look.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = ImmutableDictionary<string, string>.Empty;

    public bool Changed => Changes.Any();

    /// <summary>What differs from what is saved, in the page's order.</summary>
    internal IEnumerable<PolicySetting> Changes => PolicySettingList.All.Where(setting => _values[setting.Field] != setting.Read(Saved.Settings));

    /// <summary>What the fields say; out of range where one is empty.</summary>
    public PolicySettings Chosen => new(
        IsOn("RequireMfa"),
        Value("DecryptOnlyHours"),
        IsOn("PrivateKeyExport"),
        new SessionLimits(Value("SessionIdleMinutes"), Value("SessionHours")),
        new RiskPolicy(Value("RiskMedium"), Value("RiskHigh"), RiskPolicy.Reasons.ToImmutableSortedDictionary(reason => reason, reason => Value(PolicyRules.FieldOf(reason)))),
        new RotationPolicy(Value("RotateDevelopmentDays"), Value("RotateStagingDays"), Value("RotateProductionDays"), Value("RotateEncryptionKeyDays")),
        Value("LoginHistoryDays"),
        IsOn("AllowMgf1Sha1"),
        IsOn("RequireEncryptedSecrets"));

    /// <summary>A figure as it stands in its field; null while that is empty. A switch is 1 or 0.</summary>
    public int? this[string field]
    {
        get => _values[field];
        set => _values[field] = value;
    }

    public bool IsOn(string field) => _values[field] == 1;

    /// <summary>Whether a switch stands otherwise than it is saved.</summary>
    public bool IsSwitched(string field) => _values[field] != PolicySettingList.Of(field).Read(Saved.Settings);

    /// <summary>Looks at all fields; true when they may be saved.</summary>
    public bool Check(IReadOnlyDictionary<string, string>? refused = null)
    {
        Errors = refused ?? PolicyRules.Check(Chosen)?.Fields ?? ImmutableDictionary<string, string>.Empty;
        return Errors.Count == 0;
    }

    /// <summary>Takes over what holds now, and keeps on top of it what was changed here.</summary>
    public void Rebase(PolicyView now)
    {
        var mine = Changes.Select(setting => setting.Field).ToHashSet();
        Saved = now;
        foreach (var setting in PolicySettingList.All.Where(setting => !mine.Contains(setting.Field)))
            _values[setting.Field] = setting.Read(now.Settings);
        Check();
    }

    /// <summary>Puts a section's fields to what holds for tenants that never decided anything.</summary>
    internal void Reset(PolicyPart part)
    {
        foreach (var setting in PolicySettingList.All.Where(setting => setting.Part == part))
            _values[setting.Field] = setting.Read(PolicySettings.Default);
        Check();
    }

    internal bool IsDefault(PolicyPart part) =>
        PolicySettingList.All.Where(setting => setting.Part == part).All(setting => _values[setting.Field] == setting.Read(PolicySettings.Default));

    /// <summary>Fills every field.</summary>
    internal void Choose(PolicySettings settings)
    {
        foreach (var setting in PolicySettingList.All)
            _values[setting.Field] = setting.Read(settings);
    }

    private int Value(string field) => _values[field] ?? Missing;
}
