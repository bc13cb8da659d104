using FinConsole.Core.Common;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>The first bad place of a chain.</summary>
/// <param name="Sequence">The entry that is wrong or missing; for a register that lacks rows, how many; of the key ring, the row.</param>
/// <param name="Kind">How it is wrong.</param>
public sealed record AuditFault(long Sequence, AuditFaultKind Kind)
{
    /// <summary>What the kind and the number do not say: a sentence, or which row.</summary>
    public string? Detail { get; init; }

    /// <summary>The fault in one sentence.</summary>
    public string Describe() => Kind switch
    {
        AuditFaultKind.Missing => Texts.Format(AuditFaultTexts.Missing, Sequence),
        AuditFaultKind.Altered => Texts.Format(AuditFaultTexts.Altered, Sequence),
        AuditFaultKind.Forged => Texts.Format(AuditFaultTexts.Forged, Sequence),
        AuditFaultKind.TailCut => Texts.Format(AuditFaultTexts.TailCut, Sequence),
        AuditFaultKind.BeyondEnd => Texts.Format(AuditFaultTexts.BeyondEnd, Sequence),
        AuditFaultKind.HeadForged => Texts.Format(AuditFaultTexts.HeadForged, Sequence),
        AuditFaultKind.CheckpointForeign => AuditFaultTexts.CheckpointForeign,
        AuditFaultKind.CheckpointContradicted => Texts.Format(AuditFaultTexts.CheckpointContradicted, Sequence),
        AuditFaultKind.NotCanonical => Texts.Format(AuditFaultTexts.NotCanonical, Sequence),
        AuditFaultKind.Duplicate => Texts.Format(AuditFaultTexts.Duplicate, Sequence),
        AuditFaultKind.OutOfPlace => AuditFaultTexts.OutOfPlace,
        AuditFaultKind.ChainMissing => AuditFaultTexts.ChainMissing,
        AuditFaultKind.AnchorContradicted => Texts.Format(AuditFaultTexts.AnchorContradicted, Sequence),
        AuditFaultKind.NotRegistered => AuditFaultTexts.NotRegistered,
        AuditFaultKind.TenantMissing => AuditFaultTexts.TenantMissing,
        AuditFaultKind.TenantAltered => AuditFaultTexts.TenantAltered,
        AuditFaultKind.RegisterMissing => AuditFaultTexts.RegisterMissing,
        AuditFaultKind.RegisterForged => AuditFaultTexts.RegisterForged,
        AuditFaultKind.RegisterCut => Texts.Format(AuditFaultTexts.RegisterCut, Sequence),
        AuditFaultKind.KeysCut => Texts.Format(AuditFaultTexts.KeysCut, Sequence),
        AuditFaultKind.RegisterAltered => AuditFaultTexts.RegisterAltered,
        AuditFaultKind.RegisterSetBack => AuditFaultTexts.RegisterSetBack,
        AuditFaultKind.SchemaAltered => Detail ?? "",
        AuditFaultKind.VolumesAltered => AuditFaultTexts.VolumesAltered,
        AuditFaultKind.PepperNoteMissing => AuditFaultTexts.PepperNoteMissing,
        AuditFaultKind.PepperNoteForeign => AuditFaultTexts.PepperNoteForeign,
        AuditFaultKind.KeyRingForeign => Texts.Format(AuditFaultTexts.KeyRingForeign, Sequence),
        AuditFaultKind.SigningKeyForeign => Texts.Format(AuditFaultTexts.SigningKeyForeign, Detail ?? ""),
        AuditFaultKind.NotAnEntry => Texts.Format(AuditFaultTexts.NotAnEntry, Sequence),
        AuditFaultKind.NotAsExported => Texts.Format(AuditFaultTexts.NotAsExported, Sequence),
        AuditFaultKind.ForeignEntry => Texts.Format(AuditFaultTexts.ForeignEntry, Sequence),
    };
}

public enum AuditFaultKind
{
    Missing,
    Altered,
    Forged,
    TailCut,
    BeyondEnd,
    HeadForged,
    CheckpointForeign,
    CheckpointContradicted,

    /// <summary>Another type, or another spelling of the same value.</summary>
    NotCanonical,

    Duplicate,

    /// <summary>A number below 1, fractional, or none at all.</summary>
    OutOfPlace,

    ChainMissing,
    AnchorContradicted,
    NotRegistered,
    TenantMissing,
    TenantAltered,
    RegisterMissing,
    RegisterForged,
    RegisterCut,
    KeysCut,
    RegisterAltered,
    RegisterSetBack,

    /// <summary>A table, index, trigger or the like is not as the migrations make it; <see cref="AuditFault.Detail"/> says which.</summary>
    SchemaAltered,

    /// <summary>The counts by hour, which charts are drawn from, are not those of the entries.</summary>
    VolumesAltered,

    PepperNoteMissing,
    PepperNoteForeign,

    /// <summary>A row of the key ring that this installation did not write.</summary>
    KeyRingForeign,

    /// <summary>A key for access tokens that this installation did not make; <see cref="AuditFault.Detail"/> is its id.</summary>
    SigningKeyForeign,

    /// <summary>Of exports alone.</summary>
    NotAnEntry,

    /// <summary>Of exports alone.</summary>
    ForeignEntry,

    /// <summary>Of exports alone: an entry in bytes that no export writes.</summary>
    NotAsExported,
}
