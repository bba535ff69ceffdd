//! The kiosk: a citizen alone at a touchscreen.
//!
//! [`visit`] decides, without input or output, and after a crash [`recovery`] by the
//! [`evidence`] of the devices; [`Kiosk`] is the shell around them, [`screens`] the
//! only part that knows the window.

mod backlight;
mod board_line;
mod card_readers;
mod carry_out;
mod content;
mod correspondence;
mod deed;
mod dry_run;
mod editions;
mod event_loop;
pub mod evidence;
mod forgetting;
pub mod guide;
pub mod handset;
mod happening;
mod kept_copy;
mod leases;
mod lights;
mod maintaining;
pub mod maintenance;
mod panel;
mod paper_line;
mod press;
mod pulse;
pub mod recovery;
mod running;
pub mod screens;
mod settings;
mod speaking;
mod technicians;
pub mod visit;

pub use self::panel::{Panel, PanelError};
pub use backlight::Backlight;
pub use content::ContentError;
pub use deed::{Deed, DeedKind, Watch, When};
pub use dry_run::{DryRunFault, dry_run};
pub use pulse::{ApplianceSettings, Turns};
pub use running::{Kiosk, StartError};
pub use settings::{ExchangeAddress, Settings};
pub use speaking::{HeadphoneSettings, SpeakerError};
pub use station::{Clock, Moment, TicketKeyError};
pub use technicians::{NotATechnician, Technician, TechnicianName, entry as technician_entry};
