using System.Text;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Why a plaintext is not the text that its client meant: as a password it would never match.</summary>
public enum PlaintextFlaw
{
    /// <summary>Not UTF-8: Latin-1 or another character set, or bytes that are no text.</summary>
    NotUtf8,

    /// <summary>A NUL in it: UTF-16, or padding.</summary>
    ContainsNul,

    /// <summary>UTF-8 with a byte order mark in front.</summary>
    ByteOrderMark,

    /// <summary>A line break at its end, as "echo" puts there.</summary>
    LineBreak,
}

internal static class PlaintextFlaws
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with a plaintext as text; null for nothing.</summary>
    public static PlaintextFlaw? Find(ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Contains((byte)0))
            return PlaintextFlaw.ContainsNul;
        try
        {
            Strict.GetCharCount(plaintext);
        }
        catch (DecoderFallbackException)
        {
            return PlaintextFlaw.NotUtf8;
        }

        if (plaintext.StartsWith(Encoding.UTF8.Preamble))
            return PlaintextFlaw.ByteOrderMark;
        return plaintext.EndsWith("\n"u8) || plaintext.EndsWith("\r"u8) ? PlaintextFlaw.LineBreak : null;
    }
}
