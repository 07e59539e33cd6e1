"""One file, two lives: Streamlit runs it for every session, and the server imports it once for `app`."""

if __name__ == "__main__":
    from planner.ui import frame

    frame.main()
else:
    import streamlit as st
    from streamlit.runtime.pages_manager import PagesManager

    from planner.ui.desk import tell_trouble
    from planner.web.app import site

    # Until the first st.navigation a deep link would run a file of pages/ alone.
    PagesManager.uses_pages_directory = False
    _site = site()
    app = st.App(
        __file__,
        routes=_site.routes,
        middleware=_site.middleware,
        lifespan=_site.lifespan,
        on_script_error=tell_trouble,
    )
