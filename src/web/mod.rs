//! The site and its interface for programs: routes, handlers, templates.
//!
//! Reading order: [`state`] is what every request can reach; [`routes`] is the table of every
//! address; [`gate`] is what every request passes, [`throttle`] what one address may do only so
//! often, [`tries`] how wrong tries at a door slow down, and [`connections`] how slow a request may
//! be; [`read`] reads what is sent, [`log`] says what went wrong, without it; [`extract`] finds the
//! person, [`point_device`] the browser, [`waited`] what was done without a network; [`idle`] says
//! when somebody is let out, [`rooms`] where they work; [`answers`] shows what a form was answered
//! with at an address of its own, [`searches`] keeps what is looked for out of addresses, and
//! [`once`] does a form once that is sent twice; [`published`] are
//! the pages that are the same for everyone, as bytes; [`error`] is the only map from what went
//! wrong to a status.
//!
//! A room of the site is a folder: [`learn`], [`own`], [`doors`], [`desk`], [`network`],
//! [`administration`], [`public`]. A file in it holds a page: its handler, which calls one service, and
//! what its template gets; where both are long the second is in a file beside it (`…_page`). [`parts`]
//! is what pages are made of, [`api`] the interface for programs.

pub mod state;
pub mod log;
pub mod error;
pub mod read;
mod fields;
pub mod templates;
pub mod page;
pub mod open_data;
pub mod look_ups;
pub mod assets;
pub mod extract;
pub mod point_device;
pub mod waited;
mod reach;
mod shelf;
pub mod answers;
pub mod once;
pub mod searches;
pub mod missed;
mod trail;
pub mod gate;
pub mod throttle;
pub mod tries;
pub mod idle;
pub mod rooms;
pub mod installation;
mod sign_in;
mod pace;
pub mod connections;
pub mod metrics;
pub mod public_totals;
mod kept;
mod frame;
pub mod published;
pub mod publisher;
pub mod parts;
pub mod learn;
pub mod own;
pub mod doors;
pub mod desk;
pub mod network;
pub mod administration;
pub mod public;
pub mod api;
pub mod routes;
mod stop;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::rt::{self, net::TcpStream};
use actix_web::{App, HttpServer, dev, web as actix};

use connections::Connections;
use state::State;

pub use stop::stop;

/// A server on a listener that is bound already; awaiting it serves until it is told to stop.
///
/// # Errors
/// The listener cannot be used.
pub fn server(state: actix::Data<State>, listener: TcpListener) -> std::io::Result<dev::Server> {
    let connections = Arc::clone(&state.connections);
    let limits = connections.limits();
    rt::spawn(Connections::watch(Arc::downgrade(&connections)));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            // In a box: the framework moves what it holds from frame to frame, and a request's
            // whole future there fills half of a worker's stack in a build for tests.
            .wrap(from_fn(|request, next| Box::pin(gate::gate(request, next))))
            .configure(routes::all)
    })
    .on_connect(move |connection, data| {
        if let Some(stream) = connection.downcast_ref::<TcpStream>() {
            connections.opened(stream, data);
        }
    })
    // The head of a request; its body has limits in the gate.
    .client_request_timeout(limits.head)
    .client_disconnect_timeout(Duration::from_secs(5))
    // Also how long the end of an answer may take on a slow line.
    .keep_alive(limits.idle)
    // A page leaves in two pieces, its head and its body: the second must not wait until the other
    // side has confirmed the first, which takes it 40 ms.
    .tcp_nodelay(true)
    // Whoever runs the server tells it when to stop: the framework would cut off at Ctrl-C.
    .disable_signals()
    .shutdown_timeout(30)
    .listen(listener)?
    .run();
    Ok(server)
}
