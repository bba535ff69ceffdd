//! One public holiday and what it is called.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;

use crate::statutory::Words;

/// A name in Korean and in English.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub ko: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Names {
    const fn new(ko: &'static str, en: &'static str) -> Self {
        Self {
            ko: Cow::Borrowed(ko),
            en: Cow::Borrowed(en),
        }
    }

    /// English for `en`, Korean for every other code.
    pub fn in_language(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.ko }
    }
}

impl From<Words> for Names {
    fn from((ko, en): Words) -> Self {
        Self::new(ko, en)
    }
}

/// A day on which public offices are closed, weekends apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub day: Date,
    pub name: Names,
    /// What the days off around it are called: all three days of the Lunar New Year are
    /// its holidays, and so is the day that makes up for one of them.
    pub occasion: Names,
    pub grounds: Grounds,
}

/// Why a day is a holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// The law names it.
    Statutory,
    /// It makes up for one that fell on a weekend or on another holiday.
    Substitute {
        /// The holiday that was lost.
        lost: Date,
    },
    /// It was decided for this day alone.
    Designated { legal_basis: Names },
}

static STATUTORY: Names = Names::new(
    "관공서의 공휴일에 관한 규정 제2조",
    "Regulations on Holidays of Public Offices, art. 2",
);
static SUBSTITUTE: Names = Names::new(
    "관공서의 공휴일에 관한 규정 제3조",
    "Regulations on Holidays of Public Offices, art. 3",
);

impl Holiday {
    pub fn legal_basis(&self) -> &Names {
        match &self.grounds {
            Grounds::Statutory => &STATUTORY,
            Grounds::Substitute { .. } => &SUBSTITUTE,
            Grounds::Designated { legal_basis } => legal_basis,
        }
    }

    pub fn is_substitute(&self) -> bool {
        matches!(self.grounds, Grounds::Substitute { .. })
    }
}
