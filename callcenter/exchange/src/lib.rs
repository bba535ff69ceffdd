//! The exchange: stations in, networks out. It alone holds the networks'
//! credentials and the keys that sign.

mod attesting;
mod backups;
mod badges;
mod bell;
mod carried;
mod claims;
mod clock;
mod closing;
mod connector;
mod console;
mod deliveries;
mod editions;
mod enrollment;
mod enrolment_door;
mod handed_in;
mod http;
mod issue;
mod keys;
mod messages;
mod metrics;
mod numbering;
mod open_checks;
mod open_data;
mod open_rooms;
mod petitions;
mod presence;
mod quota;
mod releases;
mod renewal;
mod retention;
mod roster;
mod server;
mod settings;
mod traces;
mod training_list;
mod tries;
mod web;
mod working_days;

pub use backups::command;
pub use carried::carry;
pub use claims::{certify_on_paper, drawn_for_terminal, expect_machine};
pub use connector::describe_networks;
pub use console::operate;
pub use editions::hand_in_edition;
pub use enrollment::{
    certify_switch, enroll, enroll_desk, enroll_training_room, revoke, revoke_switch,
};
pub use http::openapi::description;
pub use releases::hand_in_release;
pub use server::{Running, start, start_witnessed};
pub use settings::{
    BackupSettings, ConsoleSettings, KeyStore, PageSettings, Settings, TRAINING_KEPT,
};
pub use traces::Traces;
pub use training_list::list_training;
