namespace Portal.Accounts.Captcha;

/// <summary>The two kinds of key that reCAPTCHA hands out; a key of one kind does not work as the other.</summary>
public enum CaptchaKind
{
    /// <summary>Version 2: a box to tick, sometimes a puzzle.</summary>
    Checkbox,

    /// <summary>Version 3: nothing to tick; the service answers with a score from 0 (a program) to 1 (a person).</summary>
    Score,
}
