"""The ordinary population: the schools, classes and people of a district, from a seed."""
