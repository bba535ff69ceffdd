//! How many agents a load needs: the closed forms of Erlang and Palm.
//!
//! Load is in erlangs: calls that arrive in a mean handling time (talk and
//! wrap-up). The distributor is judged by these forms, and a center plans by
//! them.
//!
//! Sources: A. K. Erlang, "Løsning af nogle Problemer fra
//! Sandsynlighedsregningen af Betydning for de automatiske Telefoncentraler"
//! (1917), for B and C; C. Palm, "Etude des délais d'attente" (1937), and A.
//! Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A
//! queue" (2007), for A.

mod erlang_a;
mod erlang_b;
mod erlang_c;

pub use erlang_a::{ErlangA, agents_needed_by_the_impatient};
pub use erlang_b::erlang_b;
pub use erlang_c::{ErlangC, agents_needed};

/// Agents a center can have, at most, for these forms.
const AGENTS_MOST: u32 = 100_000;

/// A load for which a form has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffingError {
    #[error("a number of the load is negative, not finite or zero where it must not be")]
    NotALoad,
    #[error("between 1 and 100000 agents can be counted with")]
    Agents,
    #[error("more arrives than the agents can handle: the queue grows for ever")]
    Unstable,
    #[error("the service level must lie between 0 and 1, without 1")]
    NoLevel,
}

fn positive(number: f64) -> Result<f64, StaffingError> {
    if number.is_finite() && number > 0.0 {
        Ok(number)
    } else {
        Err(StaffingError::NotALoad)
    }
}
