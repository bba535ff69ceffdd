//! Why somebody is not believed to be the agent.

/// Names no agent: it goes into logs and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadgeRefusal {
    #[error("no badge was shown: the agent has not signed in at the switch")]
    Missing,
    #[error("the badge is cut short or damaged")]
    Malformed,
    #[error("the badge is of a form that is not known here")]
    OtherForm,
    #[error("the badge was not signed by a switch of this authority")]
    NotASwitch,
    #[error("the certificate of the switch that signed the badge is outside its time")]
    SwitchOutOfDate,
    #[error("the switch that signed the badge is not on the roster")]
    StruckOff,
    #[error("the badge was forged or altered")]
    Forged,
    #[error("the badge was given to another desk")]
    OtherDesk,
    #[error("the badge is another agent's")]
    OtherAgent,
    #[error("the badge is not valid yet: a clock is wrong")]
    NotYet,
    #[error("the badge has expired")]
    Expired,
    #[error("the badge lasts longer than a shift")]
    TooLong,
    #[error("only a supervisor may do this")]
    NotASupervisor,
}
