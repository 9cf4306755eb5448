"""Kernels that are objects: many visitors of notebooks in one process.

A kernel here has what a notebook sees of a kernel (a namespace, comms, widgets,
a display) and none of what costs (a process, sockets, threads). What ipywidgets,
comm and IPython keep once per process is routed by a context variable that names
the kernel whose code is running; see `routing`.
"""
