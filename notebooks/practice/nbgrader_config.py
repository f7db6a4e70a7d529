"""Settings of nbgrader, which makes the students' versions and grades what is handed in."""

c = get_config()  # noqa: F821  given by nbgrader when it reads this file

c.CourseDirectory.course_id = "japan-security-partnerships"
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ExecutePreprocessor.timeout = 120
