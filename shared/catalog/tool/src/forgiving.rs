//! Reads a table into a type of the loader's and goes on after what does not fit.
//!
//! The types themselves say which keys there are: whatever the catalogue learns, this
//! knows. Each value that is missing or wrong is noted and made up, and the table is
//! read once more, until nothing new is found.

mod made_up;
mod written;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, Expected, Unexpected, Visitor,
    value::StrDeserializer,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::source::below;

/// More slips than anybody makes in one file; the rest is found when these are mended.
const MISFITS_MAX: usize = 500;

/// A value that is not what it should be.
pub(crate) struct Misfit {
    /// JSON pointer (RFC 6901); of a missing or an unknown key, to the table around it.
    pub(crate) place: String,
    pub(crate) what: What,
}

pub(crate) enum What {
    Unknown {
        key: String,
        known: &'static [&'static str],
    },
    Missing {
        key: &'static str,
    },
    /// Of another kind, such as a number in place of a text.
    Kind {
        expected: String,
    },
    /// No word of a closed list.
    Choice {
        found: String,
        known: &'static [&'static str],
    },
    /// What the type itself says of it.
    Value {
        why: String,
    },
}

pub(crate) struct Forgiven<T> {
    pub(crate) value: Option<T>,
    pub(crate) misfits: Vec<Misfit>,
}

pub(crate) fn read<T: DeserializeOwned>(table: &Spanned<DeTable<'_>>) -> Forgiven<T> {
    let notes = RefCell::default();
    let root = DeValue::Table(table.get_ref().clone());
    let mut value = None;
    for _ in 0..=MISFITS_MAX {
        let here = Here {
            given: Some(&root),
            place: String::new(),
            notes: &notes,
        };
        match T::deserialize(here) {
            Ok(read) => {
                value = Some(read);
                break;
            }
            // Something was noted, and is made up the next time.
            Err(Unfit::Noted) => {}
            Err(_) => break,
        }
    }
    let misfits = notes.into_inner().misfits;
    Forgiven { value, misfits }
}

impl Misfit {
    /// The place of the value that was made up for it.
    pub(crate) fn made_up(&self) -> Option<String> {
        match &self.what {
            What::Unknown { .. } => None,
            What::Missing { key } => Some(below(&self.place, key)),
            What::Kind { .. } | What::Choice { .. } | What::Value { .. } => {
                Some(self.place.clone())
            }
        }
    }
}

/// What was found so far.
#[derive(Default)]
struct Notes {
    misfits: Vec<Misfit>,
    /// Keys that are not there, by the place of their table.
    absent: BTreeSet<(String, &'static str)>,
    unknown: BTreeSet<String>,
    /// Which made-up value stands at a place: the first that did not do was not for
    /// its type.
    made_up: BTreeMap<String, usize>,
}

impl Notes {
    fn note(&mut self, place: &str, what: What) {
        let place = place.to_owned();
        self.misfits.push(Misfit { place, what });
    }
}

/// A value at its place; none is given where it is made up.
struct Here<'a> {
    given: Option<&'a DeValue<'a>>,
    place: String,
    notes: &'a RefCell<Notes>,
}

impl<'a> Here<'a> {
    fn below(&self, step: &str, given: Option<&'a DeValue<'a>>) -> Self {
        let place = below(&self.place, step);
        let stands_in = self.notes.borrow().made_up.contains_key(&place);
        Self {
            given: given.filter(|_| !stands_in),
            place,
            notes: self.notes,
        }
    }

    /// Reads the value; where it does not fit, another one will stand here next time.
    fn settle<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Unfit> {
        let (given, place, notes) = (self.given, self.place.clone(), self.notes);
        let unfit = match seed.deserialize(self) {
            Ok(value) => return Ok(value),
            Err(unfit) => unfit,
        };
        let mut notes = notes.borrow_mut();
        match (given, unfit) {
            (_, Unfit::Noted) => {}
            (Some(_), Unfit::Is(what)) => {
                notes.note(&place, what);
                notes.made_up.insert(place, 0);
            }
            (None, Unfit::Is(_)) => {
                let tried = notes.made_up.entry(place).or_default();
                *tried += 1;
                if *tried >= made_up::TRIES {
                    return Err(Unfit::Hopeless);
                }
            }
            (_, Unfit::Hopeless) => return Err(Unfit::Hopeless),
        }
        Err(Unfit::Noted)
    }
}

/// Why a value could not be read.
enum Unfit {
    Is(What),
    /// It is written down already.
    Noted,
    /// Nothing that is made up does for its type.
    Hopeless,
}

impl serde::de::Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let why = message.to_string();
        Self::Is(What::Value { why })
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Self::Is(What::Kind { expected })
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Self::Is(What::Kind { expected })
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        let found = found.to_owned();
        Self::Is(What::Choice { found, known })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::Is(What::Missing { key })
    }
}

impl fmt::Debug for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that does not fit")
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Unfit {}

/// Numbers and flags: as they are written, or one that is made up.
macro_rules! plain {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
            match self.given {
                Some(_) => self.deserialize_any(visitor),
                None => visitor.visit_u64(1),
            }
        })*
    };
}

impl<'a> serde::Deserializer<'a> for Here<'a> {
    type Error = Unfit;

    plain! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        char str string bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.given {
            Some(value) => written::any(&self, value, visitor),
            None => visitor.visit_str(made_up::text(&self)),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.given {
            Some(_) => self.deserialize_any(visitor),
            None => visitor.visit_bool(false),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.given {
            Some(_) => visitor.visit_some(self),
            None => visitor.visit_none(),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.given {
            Some(_) => self.deserialize_any(visitor),
            None => visitor.visit_seq(made_up::Nothing),
        }
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.given {
            Some(_) => self.deserialize_any(visitor),
            None => visitor.visit_map(made_up::Nothing),
        }
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        let pairs = match self.given {
            Some(DeValue::Table(table)) => written::Pairs::of_struct(&self, table, fields),
            Some(_) => return self.deserialize_any(visitor),
            None => written::Pairs::made_up(&self, fields),
        };
        let read = visitor.visit_map(pairs);
        let Err(Unfit::Is(What::Missing { key })) = read else {
            return read;
        };
        let mut notes = self.notes.borrow_mut();
        if !notes.absent.insert((self.place.clone(), key)) {
            return Err(Unfit::Hopeless);
        }
        notes.note(&self.place, What::Missing { key });
        Err(Unfit::Noted)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.given {
            Some(DeValue::String(text)) => visitor.visit_enum(StrDeserializer::<Unfit>::new(text)),
            Some(DeValue::Table(table)) => written::variant(&self, table, visitor),
            Some(_) => Err(Unfit::custom(variants.join(", "))),
            None => visitor.visit_enum(StrDeserializer::<Unfit>::new(made_up::variant(
                &self, variants,
            ))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }
}
