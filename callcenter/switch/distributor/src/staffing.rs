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

/// The fewest agents who reach a goal, among more than none and at most
/// `enough`, who do: a goal is reached the better the more agents there are.
fn fewest(
    mut enough: u32,
    reaches: impl Fn(u32) -> Result<bool, StaffingError>,
) -> Result<u32, StaffingError> {
    let mut too_few = 0;
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if reaches(middle)? {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(enough)
}

fn positive(number: f64) -> Result<f64, StaffingError> {
    if number.is_finite() && number > 0.0 {
        Ok(number)
    } else {
        Err(StaffingError::NotALoad)
    }
}
