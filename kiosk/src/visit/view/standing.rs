//! How a petition stands, as whoever has its receipt number may see it.

/// In the citizen's language; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The service it was filed under.
    pub service: String,
    /// Who answers, and their telephone.
    pub office: String,
    pub telephone: String,
    /// `YYYY-MM-DD`, while nobody has answered.
    pub due_on: String,
    /// That day is over.
    pub late: bool,
    pub answered: bool,
    pub may_rate: bool,
    pub may_appeal: bool,
    /// Until which day the answer may be rated or appealed against.
    pub open_until: String,
    /// What happened, in its order.
    pub steps: Vec<StandingLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingLine {
    /// `YYYY-MM-DD`.
    pub on: String,
    pub what: String,
    /// To which office; empty when to none.
    pub office: String,
}
