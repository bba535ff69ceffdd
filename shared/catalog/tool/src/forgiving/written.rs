//! Values as they are written in the file.

use std::collections::VecDeque;

use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
    value::StrDeserializer,
};
use toml::de::{DeTable, DeValue};

use super::{Here, Unfit, What};

/// A value, whatever its type asks for.
pub(super) fn any<'a, V: Visitor<'a>>(
    here: &Here<'a>,
    value: &'a DeValue<'a>,
    visitor: V,
) -> Result<V::Value, Unfit> {
    match value {
        DeValue::String(text) => visitor.visit_str(text),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => Err(Unfit::custom("a number beyond all numbers")),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => visitor.visit_f64(number),
            Err(_) => Err(Unfit::custom("no number")),
        },
        DeValue::Boolean(flag) => visitor.visit_bool(*flag),
        DeValue::Datetime(moment) => visitor.visit_string(moment.to_string()),
        DeValue::Array(rows) => {
            let row = |(number, it): (usize, &'a toml::Spanned<DeValue<'a>>)| {
                here.below(&number.to_string(), Some(it.get_ref()))
            };
            visitor.visit_seq(Rows(rows.iter().enumerate().map(row).collect()))
        }
        DeValue::Table(table) => {
            let pair = |(key, value): (&'a toml::Spanned<_>, &'a toml::Spanned<_>)| {
                let key: &std::borrow::Cow<'_, str> = key.get_ref();
                let value: &'a DeValue<'a> = value.get_ref();
                (key.to_string(), here.below(key, Some(value)))
            };
            visitor.visit_map(Pairs {
                left: table.iter().map(pair).collect(),
                value: None,
            })
        }
    }
}

/// A word of a closed list that has something beside it: `{ queue = … }`.
pub(super) fn variant<'a, V: Visitor<'a>>(
    here: &Here<'a>,
    table: &'a DeTable<'a>,
    visitor: V,
) -> Result<V::Value, Unfit> {
    let mut pairs = table.iter();
    let (Some((name, content)), None) = (pairs.next(), pairs.next()) else {
        return Err(Unfit::custom("a table with one key"));
    };
    visitor.visit_enum(Variant {
        name: name.get_ref().to_string(),
        content: here.below(name.get_ref(), Some(content.get_ref())),
    })
}

struct Rows<'a>(VecDeque<Here<'a>>);

impl<'a> SeqAccess<'a> for Rows<'a> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        let row = self.0.pop_front();
        row.map(|it| it.settle(seed)).transpose()
    }
}

/// Keys and values; of a struct only the keys it knows.
pub(super) struct Pairs<'a> {
    left: VecDeque<(String, Here<'a>)>,
    value: Option<Here<'a>>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of_struct(
        here: &Here<'a>,
        table: &'a DeTable<'a>,
        fields: &'static [&'static str],
    ) -> Self {
        let mut left = VecDeque::new();
        for (key, value) in table {
            let key = key.get_ref();
            let child = here.below(key, Some(value.get_ref()));
            if fields.contains(&key.as_ref()) {
                left.push_back((key.to_string(), child));
            } else {
                let mut notes = here.notes.borrow_mut();
                if notes.unknown.insert(child.place) {
                    let (key, known) = (key.to_string(), fields);
                    notes.note(&here.place, What::Unknown { key, known });
                }
            }
        }
        let notes = here.notes.borrow();
        let absent = notes
            .absent
            .iter()
            .filter(|(place, _)| *place == here.place);
        let absent: Vec<&'static str> = absent.map(|(_, key)| *key).collect();
        drop(notes);
        left.extend(
            absent
                .into_iter()
                .map(|it| (it.to_owned(), here.below(it, None))),
        );
        Self { left, value: None }
    }

    pub(super) fn made_up(here: &Here<'a>, fields: &'static [&'static str]) -> Self {
        let made_up = fields
            .iter()
            .map(|it| ((*it).to_owned(), here.below(it, None)));
        Self {
            left: made_up.collect(),
            value: None,
        }
    }
}

impl<'a> MapAccess<'a> for Pairs<'a> {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'a>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        let Some((key, value)) = self.left.pop_front() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::<Unfit>::new(&key))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        match self.value.take() {
            Some(value) => value.settle(seed),
            None => Err(Unfit::Hopeless),
        }
    }
}

struct Variant<'a> {
    name: String,
    content: Here<'a>,
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Unfit;
    type Variant = Here<'a>;

    fn variant_seed<S: DeserializeSeed<'a>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Unfit> {
        let name = seed.deserialize(StrDeserializer::<Unfit>::new(&self.name))?;
        Ok((name, self.content))
    }
}

impl<'a> VariantAccess<'a> for Here<'a> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        Err(Unfit::custom("this word stands alone"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Result<S::Value, Unfit> {
        self.settle(seed)
    }

    fn tuple_variant<V: Visitor<'a>>(self, _length: usize, visitor: V) -> Result<V::Value, Unfit> {
        serde::Deserializer::deserialize_any(self, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        serde::Deserializer::deserialize_struct(self, "", fields, visitor)
    }
}
