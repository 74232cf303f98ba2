using Portal.Accounts.Captcha;

namespace Portal.Tests.Accounts.Captcha;

public sealed class CaptchaOutcomeTests
{
    public static TheoryData<CaptchaOutcome> Failures =>
    [
        new CaptchaOutcome.Missing(),
        new CaptchaOutcome.Refused(),
        new CaptchaOutcome.Expired(),
        new CaptchaOutcome.LowScore(0.3),
        new CaptchaOutcome.Unreachable(),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_says_what_to_do_next(CaptchaOutcome outcome) =>
        Assert.Matches("Please [a-z ,]+.*\\.$", outcome.Describe());

    [Fact]
    public void No_two_outcomes_read_alike()
    {
        CaptchaOutcome[] all = [new CaptchaOutcome.Passed(), .. Failures.Select(row => row.Data)];

        Assert.Equal(typeof(CaptchaOutcome).GetNestedTypes().Length, all.Length);
        Assert.Distinct(all.Select(outcome => outcome.Describe()));
    }
}
