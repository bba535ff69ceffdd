//! One type per kind of identifier, so that they cannot be mixed up.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(value: impl Into<String>) -> Self {
                Self(value.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// A kiosk or an agent's desk.
    StationId);
id!(/// Somebody who answers citizens' calls, helps at kiosks and looks after what went wrong.
    AgentId);
id!(/// One request of one citizen; minted by the station that opened it.
    RequestId);
id!(/// An entry of the service catalogue.
    ServiceId);
id!(/// One two-person check of who somebody is; minted by the exchange.
    CheckId);
id!(/// An office of the organisation directory, as the Korean administrative standard code
    /// numbers agencies: seven digits.
    OfficeId);
id!(/// One of the 21 data networks.
    NetworkId);
id!(/// One transaction at a payment terminal; minted by the station that ordered it.
    TransactionId);
