#!/usr/bin/env bash
# BouncyCastle.Cryptography 2.7.0 (NuGet): an RSA key costs several times as much to read as to use. Its constructor tests the modulus for
# compositeness each time, for public and private keys alike and without remembering the last one, so that a service that reads its key
# for each request spends most of its time there. Org.BouncyCastle.Rsa.AllowUnsafeModulus=true in the environment turns the test off.
# Needs the .NET SDK. Compares times of one process with each other; exits 1 when this changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
cat >finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="BouncyCastle.Cryptography" Version="2.7.0" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Diagnostics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Security;

using var rsa = RSA.Create(3072);
var (pkcs8, ciphertext) = (rsa.ExportPkcs8PrivateKey(), rsa.Encrypt([1, 2, 3], RSAEncryptionPadding.OaepSHA256));
var (read, use) = (Fastest(() => PrivateKeyFactory.CreateKey(pkcs8)), 0.0);
var key = PrivateKeyFactory.CreateKey(pkcs8);
use = Fastest(() =>
{
    var engine = new RsaBlindedEngine();
    engine.Init(false, key);
    engine.ProcessBlock(ciphertext, 0, ciphertext.Length);
});
Environment.SetEnvironmentVariable("Org.BouncyCastle.Rsa.AllowUnsafeModulus", "true");
var unchecked_ = Fastest(() => PrivateKeyFactory.CreateKey(pkcs8));
Console.WriteLine($"reading the key {read:F1} ms, private-key operation {use:F1} ms, reading without the test {unchecked_:F2} ms");
return read > 1.5 * use && unchecked_ < use / 2 ? 0 : 1;

static double Fastest(Action action) => Enumerable.Range(0, 12).Select(_ =>
{
    var start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}).Min();
CS
echo "BouncyCastle.Cryptography 2.7.0, .NET $(dotnet --version)"
dotnet build -c Release -v q -clp:ErrorsOnly >/dev/null
dotnet bin/Release/net10.0/finding.dll || { echo "This changed."; exit 1; }
