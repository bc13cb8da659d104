using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// RSA-OAEP with SHA-256 but MGF1 with SHA-1: what Java's "RSA/ECB/OAEPWithSHA-256AndMGF1Padding" means by itself. .NET has no such
/// padding, so OpenSSL's own library is asked, the one that .NET uses on Linux (docs/adr/0008). Elsewhere it is not available.
/// </summary>
public sealed class Mgf1Sha1Oaep
{
    private static readonly string[] OpenSsl = ["libcrypto.so.3", "libcrypto.so.1.1"];

    // EVP_PKEY_CTX_ctrl_str takes the same words in OpenSSL 1.1.1 and 3, unlike the functions behind them.
    private static readonly (string Name, string Value)[] Padding = [("rsa_padding_mode", "oaep"), ("rsa_oaep_md", "sha256"), ("rsa_mgf1_md", "sha1")];

    private readonly Functions? _openSsl;

    public Mgf1Sha1Oaep()
        : this(OpenSsl)
    {
    }

    /// <param name="libraries">Names to load, the first that is there; none is as if OpenSSL were missing.</param>
    internal Mgf1Sha1Oaep(params string[] libraries)
    {
        foreach (var name in libraries)
        {
            if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad(name, out var library))
            {
                _openSsl = Functions.Of(library);
                return;
            }
        }
    }

    /// <summary>False where no OpenSSL is found: then nobody can tell such a ciphertext from a damaged one.</summary>
    public bool IsAvailable => _openSsl is not null;

    /// <summary>The plaintext, which the caller overwrites after use; null when the key and this padding do not open the ciphertext.</summary>
    /// <param name="pkcs8">The private key, DER.</param>
    /// <param name="ciphertext">As long as the key's modulus.</param>
    public byte[]? TryDecrypt(byte[] pkcs8, byte[] ciphertext)
    {
        if (_openSsl is not { } openSsl)
            return null;

        var pinned = GCHandle.Alloc(pkcs8, GCHandleType.Pinned);
        try
        {
            openSsl.ClearErrors();
            var der = pinned.AddrOfPinnedObject();
            var key = openSsl.ReadPrivateKey(0, ref der, pkcs8.Length);
            if (key == 0)
                return null;
            try
            {
                return Decrypt(openSsl, key, ciphertext);
            }
            finally
            {
                openSsl.FreeKey(key);
            }
        }
        finally
        {
            pinned.Free();
            // What stays in the thread's error queue would be taken for the next caller's failure.
            openSsl.ClearErrors();
        }
    }

    private static byte[]? Decrypt(Functions openSsl, nint key, byte[] ciphertext)
    {
        var context = openSsl.NewContext(key, 0);
        if (context == 0)
            return null;
        // Not longer than the ciphertext, ever; OpenSSL wants room for all of it.
        var buffer = new byte[ciphertext.Length];
        try
        {
            if (openSsl.BeginDecrypt(context) != 1 || !Array.TrueForAll(Padding, option => openSsl.Configure(context, option.Name, option.Value) == 1))
                return null;
            var length = (nuint)buffer.Length;
            return openSsl.Decrypt(context, buffer, ref length, ciphertext, (nuint)ciphertext.Length) == 1 ? buffer[..(int)length] : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            openSsl.FreeContext(context);
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint ReadPrivateKey(nint existing, ref nint der, nint length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint NewContext(nint key, nint engine);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int BeginDecrypt(nint context);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Configure(nint context, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int RunDecrypt(nint context, byte[] plaintext, ref nuint plaintextLength, byte[] ciphertext, nuint ciphertextLength);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Free(nint pointer);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ClearErrors();

    private sealed record Functions(
        ReadPrivateKey ReadPrivateKey, NewContext NewContext, BeginDecrypt BeginDecrypt, Configure Configure, RunDecrypt Decrypt, Free FreeContext, Free FreeKey, ClearErrors ClearErrors)
    {
        public static Functions Of(nint library) => new(
            Get<ReadPrivateKey>(library, "d2i_AutoPrivateKey"),
            Get<NewContext>(library, "EVP_PKEY_CTX_new"),
            Get<BeginDecrypt>(library, "EVP_PKEY_decrypt_init"),
            Get<Configure>(library, "EVP_PKEY_CTX_ctrl_str"),
            Get<RunDecrypt>(library, "EVP_PKEY_decrypt"),
            Get<Free>(library, "EVP_PKEY_CTX_free"),
            Get<Free>(library, "EVP_PKEY_free"),
            Get<ClearErrors>(library, "ERR_clear_error"));

        private static T Get<T>(nint library, string name)
            where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
    }
}
