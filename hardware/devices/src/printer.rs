//! What both printer classes share.

use crate::DeviceState;

/// One sheet's order; a document number, so that a printer's own job list can
/// tell after a crash what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(String);

impl JobId {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterStatus {
    pub state: DeviceState,
    pub paper: Supply,
    pub fault: Option<PrinterFault>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Supply {
    #[default]
    Unknown,
    Full,
    Low,
    Out,
}

impl Supply {
    /// XFS4IoT's word, as in the property `paper` of `Printer`'s status.
    pub fn xfs4iot(self) -> &'static str {
        match self {
            Supply::Unknown => "unknown",
            Supply::Full => "full",
            Supply::Low => "low",
            Supply::Out => "out",
        }
    }
}

/// Why nothing, or not everything, came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrinterFault {
    #[error("the printer is out of paper")]
    PaperOut,
    #[error("the paper is jammed")]
    PaperJam,
    #[error("a cover is open")]
    CoverOpen,
    #[error("the cutter is stuck")]
    Cutter,
    #[error("the printer does not answer")]
    Silent,
    #[error("the printer cannot be reached")]
    Offline,
    #[error("the printer refused the job")]
    Refused,
    #[error("the printer reports a fault of its own ({0})")]
    Other(u16),
}

impl PrinterFault {
    /// The code a technician finds in the manual and the citizen's screen shows small.
    pub fn code(self) -> String {
        match self {
            PrinterFault::PaperOut => "PTR-01".to_owned(),
            PrinterFault::PaperJam => "PTR-02".to_owned(),
            PrinterFault::CoverOpen => "PTR-03".to_owned(),
            PrinterFault::Cutter => "PTR-04".to_owned(),
            PrinterFault::Silent => "PTR-05".to_owned(),
            PrinterFault::Offline => "PTR-06".to_owned(),
            PrinterFault::Refused => "PTR-07".to_owned(),
            PrinterFault::Other(raw) => format!("PTR-9{raw:03}"),
        }
    }
}

/// What proves that a sheet came out, weakest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A status the printer sends only when everything before it is done.
    Fence,
    /// The printer's own job list says completed (RFC 8011 `job-state` 9).
    IppCompleted { job_id: i32, sheets: u32 },
    /// The printer's count for life has grown by exactly the job.
    Impressions { before: u64, after: u64 },
}
