using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>A fact about this installation, such as the pepper's fingerprint.</summary>
internal sealed class InstanceFact
{
    public const string PepperFingerprint = "pepper-fingerprint";

    /// <summary>Whether the demo was begun, or is whole.</summary>
    public const string DemoData = "demo-data";

    /// <summary>The hash of the link with which to set up an empty installation, and until when it works.</summary>
    public const string SetupLink = "setup-link";

    public required string Name { get; init; }

    public required string Value { get; init; }
}

internal sealed class InstanceFactConfiguration : IEntityTypeConfiguration<InstanceFact>
{
    public void Configure(EntityTypeBuilder<InstanceFact> builder)
    {
        builder.ToTable("InstanceFacts");
        builder.HasKey(fact => fact.Name);
        builder.Property(fact => fact.Name).HasMaxLength(40);
        builder.Property(fact => fact.Value).HasMaxLength(200);
    }
}
