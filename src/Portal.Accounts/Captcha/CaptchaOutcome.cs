namespace Portal.Accounts.Captcha;

/// <summary>How a check ended. A closed family: the records nested here are all there are.</summary>
public abstract record CaptchaOutcome
{
    private CaptchaOutcome()
    {
    }

    /// <summary>One or two plain English sentences for the visitor: what happened and what to do next.</summary>
    public abstract string Describe();

    /// <summary>A person, or no check is required.</summary>
    public sealed record Passed : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() => "The check was passed.";
    }

    /// <summary>The form came without a response. The service was not asked.</summary>
    public sealed record Missing : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() => "Please complete the check that you are not a robot, then send the form again.";
    }

    /// <summary>The service did not accept the response, or it was made for another form.</summary>
    public sealed record Refused : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() => "The check was not passed. Please try it again.";
    }

    /// <summary>The response is too old (two minutes) or was used before.</summary>
    public sealed record Expired : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() => "The check expired. Please do the check again and send the form once more.";
    }

    /// <summary>The service thinks a program more likely than <see cref="RecaptchaOptions.MinimumScore"/> allows.</summary>
    /// <param name="Score">What the service said, 0 to 1.</param>
    public sealed record LowScore(double Score) : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() =>
            "We could not tell that you are a person. Please try again in a minute, or from another browser or network.";
    }

    /// <summary>No usable answer: the service is down, slow or speaks nonsense, or our keys are wrong. Not the visitor's fault, and logged.</summary>
    public sealed record Unreachable : CaptchaOutcome
    {
        /// <inheritdoc/>
        public override string Describe() =>
            "The check that you are not a robot is not available at the moment. Please try again in a few minutes.";
    }
}
