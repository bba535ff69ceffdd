//! A station's devices over WebSocket, as XFS4IoT has it: for software of other makers.
//!
//! [`Service`] is a machine without input or output: commands and devices' events go in,
//! messages and orders come out, time is an argument. [`Edge`] listens, one service a device
//! class, and knows the sockets. Nothing of it runs unless somebody starts `minwon-devices`;
//! then it listens to this machine alone, or to whoever has a certificate.

mod auxiliaries;
mod barcode_reader;
mod card_reader;
mod cash_acceptor;
mod completion;
mod device_class;
mod dialect;
mod document_printer;
mod edge;
mod envelope;
mod handshake;
mod interface;
mod lights;
mod line;
mod message;
mod publisher;
mod receipt_printer;
mod service;
mod services;
mod settings;

pub use self::{
    completion::{Completion, CompletionCode},
    device_class::DeviceOrder,
    dialect::{AcknowledgeType, Dialect, Place, StorageName, Versions},
    edge::{CLIENTS_MAX, Edge, StartError},
    envelope::{Command, MESSAGE_MAX, NotTaken, Payload, RequestId, Unreadable, read},
    message::Text,
    service::{ClientId, DEVICE_PATIENCE, Input, Output, REQUESTS_MAX, Service},
    services::{Named, services},
    settings::{Exposed, Settings, TlsSettings},
};
