//! The lights class (XFS4IoT Lights): a lamp beside each slot, which shows a citizen where to go.

/// A guide light by XFS4IoT's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    CardReader,
    ReceiptPrinter,
    DocumentPrinter,
    Scanner,
    /// Beside coins and notes: one lamp for both.
    Cash,
}

impl Light {
    /// In the order in which lamps are wired.
    pub const ALL: [Light; 5] = [
        Light::CardReader,
        Light::ReceiptPrinter,
        Light::DocumentPrinter,
        Light::Scanner,
        Light::Cash,
    ];

    fn place(self) -> usize {
        match self {
            Light::CardReader => 0,
            Light::ReceiptPrinter => 1,
            Light::DocumentPrinter => 2,
            Light::Scanner => 3,
            Light::Cash => 4,
        }
    }
}

/// How a light shines (XFS4IoT `flashRate`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlashRate {
    #[default]
    Off,
    Slow,
    Medium,
    Quick,
    Continuous,
}

/// How all of them shine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lights([FlashRate; Light::ALL.len()]);

impl Lights {
    /// This one besides, at this rate.
    #[must_use]
    pub fn with(mut self, light: Light, rate: FlashRate) -> Self {
        self.0[light.place()] = rate;
        self
    }

    pub fn rate(&self, light: Light) -> FlashRate {
        self.0[light.place()]
    }
}
