using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>Why no checkpoint can be made.</summary>
public static class CheckpointErrors
{
    public static readonly Error KeyMissing = new(ErrorKind.Refused, "checkpoint_key_missing", CheckpointErrorTexts.KeyMissing);

    public static readonly Error KeyAltered = new(ErrorKind.Refused, "checkpoint_key_altered", CheckpointErrorTexts.KeyAltered);
}
