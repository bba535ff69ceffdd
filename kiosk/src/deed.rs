//! What a kiosk does to the world, for whoever watches it do so.

/// A write to the journal or an order to a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub kind: DeedKind,
    /// Names no person: the type of the entry or of the order.
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeedKind {
    /// An entry of the station's own.
    Entry,
    /// Counters of a device, noted for the next entry.
    Counters,
    /// What the exchange told.
    Publication,
    /// How far the exchange has confirmed the entries.
    Acknowledgement,
    /// What a lease allows: kept, or numbers taken out of it.
    Lease,
    /// A head of the journal that the exchange has co-signed.
    Checkpoint,
    /// An order to a device.
    Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Before,
    After,
}

/// Is told of every deed, just before and just after it. The program may end there.
pub type Watch = Box<dyn FnMut(&Deed, When) + Send>;

impl Deed {
    /// `what` is named by the first word it says of itself.
    pub(crate) fn of(kind: DeedKind, what: &dyn std::fmt::Debug) -> Self {
        let words = format!("{what:?}");
        let end = words.find(|it: char| !it.is_alphanumeric());
        let name = words[..end.unwrap_or(words.len())].to_owned();
        Self { kind, name }
    }
}
