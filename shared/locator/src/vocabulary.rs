//! The closed lists of DCAT-AP 3, which are authority tables of the Publications Office of
//! the European Union.

use serde::Deserialize;

const AUTHORITY: &str = "http://publications.europa.eu/resource/authority/";

/// What it is about (`dcat:theme`, table `data-theme`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Theme {
    #[serde(rename = "AGRI")]
    Agriculture,
    #[serde(rename = "ECON")]
    Economy,
    #[serde(rename = "EDUC")]
    Education,
    #[serde(rename = "ENER")]
    Energy,
    #[serde(rename = "ENVI")]
    Environment,
    #[serde(rename = "GOVE")]
    Government,
    #[serde(rename = "HEAL")]
    Health,
    #[serde(rename = "JUST")]
    Justice,
    #[serde(rename = "REGI")]
    Regions,
    #[serde(rename = "SOCI")]
    Society,
    #[serde(rename = "TECH")]
    Technology,
    #[serde(rename = "TRAN")]
    Transport,
}

/// Who may have it (`dct:accessRights`, table `access-right`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    Public,
    /// Whoever has a right to it, such as the holder of a record.
    Restricted,
    NonPublic,
}

/// How often it is renewed (`dct:accrualPeriodicity`, table `frequency`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    Continuous,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Annual,
    Irregular,
    Never,
}

impl Theme {
    pub(crate) fn iri(self) -> String {
        let code = match self {
            Theme::Agriculture => "AGRI",
            Theme::Economy => "ECON",
            Theme::Education => "EDUC",
            Theme::Energy => "ENER",
            Theme::Environment => "ENVI",
            Theme::Government => "GOVE",
            Theme::Health => "HEAL",
            Theme::Justice => "JUST",
            Theme::Regions => "REGI",
            Theme::Society => "SOCI",
            Theme::Technology => "TECH",
            Theme::Transport => "TRAN",
        };
        format!("{AUTHORITY}data-theme/{code}")
    }
}

impl Access {
    pub(crate) fn iri(self) -> String {
        let code = match self {
            Access::Public => "PUBLIC",
            Access::Restricted => "RESTRICTED",
            Access::NonPublic => "NON_PUBLIC",
        };
        format!("{AUTHORITY}access-right/{code}")
    }
}

impl Frequency {
    pub(crate) fn iri(self) -> String {
        let code = match self {
            Frequency::Continuous => "CONT",
            Frequency::Hourly => "HOURLY",
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Quarterly => "QUARTERLY",
            Frequency::Annual => "ANNUAL",
            Frequency::Irregular => "IRREG",
            Frequency::Never => "NEVER",
        };
        format!("{AUTHORITY}frequency/{code}")
    }
}

/// The form of a distribution (`dct:format`, table `file-type`).
pub(crate) fn file_type(format: &str) -> String {
    format!("{AUTHORITY}file-type/{format}")
}
