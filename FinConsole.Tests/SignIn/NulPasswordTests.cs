using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>HMAC, in which PBKDF2 uses the password as its key, pads keys with zeros.</summary>
public sealed class NulPasswordTests
{
    [Fact]
    public async Task A_right_password_with_zeros_behind_it_is_a_wrong_one()
    {
        using var hashing = new PasswordHashing(new PasswordHasher<ConsoleUser>());
        using var place = await hashing.EnterAsync(TestContext.Current.CancellationToken);
        var hash = await place!.HashAsync(new Secret("sandalwood hop 91 quarry"));

        Assert.Equal(PasswordVerificationResult.Success, await place.VerifyAsync(hash, new Secret("sandalwood hop 91 quarry")));
        Assert.Equal(PasswordVerificationResult.Failed, await place.VerifyAsync(hash, new Secret("sandalwood hop 91 quarry\0")));
    }
}
