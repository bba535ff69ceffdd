//! Invented citizens whose cards lie on the bench.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: &'static str,
    /// Thirteen digits, no hyphen.
    pub resident_number: &'static str,
}

/// The data networks of the sandbox know them all.
pub const PEOPLE: [Person; 5] = [
    Person {
        name: "한빛나",
        resident_number: "9001012990014",
    },
    Person {
        name: "김가온",
        resident_number: "8507151990027",
    },
    Person {
        name: "이나래",
        resident_number: "0305214990030",
    },
    Person {
        name: "박다솜",
        resident_number: "4802292990041",
    },
    Person {
        name: "John Ondo",
        resident_number: "9103105990053",
    },
];
