//! Permits and measurements: what the environmental network answers.

mod air_quality_record;
mod discharge_permit;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "discharge-permit",
        questions: discharge_permit::questions,
        answer: discharge_permit::answer,
    },
    Served {
        code: "air-quality-record",
        questions: air_quality_record::questions,
        answer: air_quality_record::answer,
    },
];
