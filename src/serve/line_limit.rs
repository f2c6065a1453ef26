//! Connections whose lines have an end.

use std::io::Result;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The longest line of a request, in bytes. Requests that read have no body,
/// so all they are is lines.
const MAX_LINE: usize = 16 * 1024;

/// What a line is broken by: a byte that no request may have, and the end of
/// the request, without which the server would wait for more.
const BREAK: [u8; 3] = *b"\0\n\n";

/// Listens for connections on which a line that is too long is broken: it is
/// then answered like any other that makes no sense.
pub(super) struct LimitedLines(pub(super) TcpListener);

/// Such a connection.
pub(super) struct Connection {
    stream: TcpStream,
    /// The length of the line that is being read.
    length: usize,
}

impl Listener for LimitedLines {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Connection { stream, length: 0 }, address)
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connection {
    /// A byte of a line, or what breaks the line there.
    fn checked(&mut self, byte: u8) -> u8 {
        self.length = if byte == b'\n' { 0 } else { self.length + 1 };
        match self.length.checked_sub(MAX_LINE + 1) {
            Some(over) => BREAK[over % BREAK.len()],
            None => byte,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        for byte in &mut buffer.filled_mut()[before..] {
            *byte = self.checked(*byte);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
