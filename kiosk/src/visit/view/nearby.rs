//! Another kiosk that can do now what this one cannot.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// Where it stands, such as the ground floor of an office.
    pub place: String,
    pub address: String,
    /// As the crow flies, such as `1.2 km`.
    pub distance: String,
    /// As `22:00`; empty when it never closes.
    pub until: String,
}
