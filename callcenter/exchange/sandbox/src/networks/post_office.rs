//! Mail: what the post office answers.

mod address_forwarding;
mod delivery_proof;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "delivery-proof",
        questions: delivery_proof::questions,
        answer: delivery_proof::answer,
    },
    Served {
        code: "address-forwarding",
        questions: address_forwarding::questions,
        answer: address_forwarding::answer,
    },
];
