//! What may be the matter with a device: the columns of the table.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    /// Everything it says takes long.
    Slow,
    /// What it uses up is about to end.
    NearEnd,
    /// Paper, coins or room for notes are used up.
    UsedUp,
    CoverOpen,
    Jammed,
    /// Hears nothing and says nothing.
    Dead,
    /// Says what is not so, or says it twice.
    Lying,
    /// Its line is pulled in the middle of what is said.
    Unplugged,
    /// What it says arrives as noise.
    Garbage,
}

impl Mood {
    pub(crate) const ALL: [Mood; 10] = [
        Mood::Well,
        Mood::Slow,
        Mood::NearEnd,
        Mood::UsedUp,
        Mood::CoverOpen,
        Mood::Jammed,
        Mood::Dead,
        Mood::Lying,
        Mood::Unplugged,
        Mood::Garbage,
    ];

    /// The head of its column.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mood::Well => "well",
            Mood::Slow => "slow",
            Mood::NearEnd => "near end",
            Mood::UsedUp => "used up",
            Mood::CoverOpen => "cover open",
            Mood::Jammed => "jammed",
            Mood::Dead => "dead",
            Mood::Lying => "lying",
            Mood::Unplugged => "unplugged",
            Mood::Garbage => "garbage",
        }
    }
}
